/** The page can't be served: another program holds the port, or the address isn't this machine's. */
export class PlaygroundError extends Error {
  readonly code: 'port_in_use' | 'not_allowed' | 'cannot_listen';

  constructor(port: number, cause: NodeJS.ErrnoException) {
    const [code, message] =
      cause.code === 'EADDRINUSE'
        ? (['port_in_use', `port ${port} is in use: set PORT to another, or to 0 for any free one`] as const)
        : cause.code === 'EACCES'
          ? (['not_allowed', `port ${port} needs rights that this process lacks: set PORT to one above 1023`] as const)
          : (['cannot_listen', `the playground can't listen on port ${port}: set HOST and PORT`] as const);
    super(message, { cause });
    this.name = 'PlaygroundError';
    this.code = code;
  }
}
