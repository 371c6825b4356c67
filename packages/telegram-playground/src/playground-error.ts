/** The page can't be served: another program holds the port, or the address isn't this machine's, or is open to others. */
export class PlaygroundError extends Error {
  readonly code: 'port_in_use' | 'not_allowed' | 'cannot_listen' | 'open_to_others';

  constructor(code: PlaygroundError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PlaygroundError';
    this.code = code;
  }
}

export function cannotListen(port: number, cause: NodeJS.ErrnoException): PlaygroundError {
  if (cause.code === 'EADDRINUSE') {
    const message = `port ${port} is in use: choose another, or 0 for any free one`;
    return new PlaygroundError('port_in_use', message, cause);
  }
  if (cause.code === 'EACCES') {
    const message = `port ${port} needs rights that this process lacks: choose one above 1023`;
    return new PlaygroundError('not_allowed', message, cause);
  }
  return new PlaygroundError('cannot_listen', `can't listen on port ${port} of this host`, cause);
}
