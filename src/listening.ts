import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address on which we can't listen; the message is for the keeper of the bot. */
export class ListenError extends Error {
  readonly code = 'listen';
}

/** Listens; resolves with the port. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new ListenError(sentenceOf(cause.code ?? '', host, port), { cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function sentenceOf(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `${host}:${port} 已被另一个程序占用。请关掉它，或换一个端口。`;
  if (code === 'EACCES') return `没有权限监听 ${host}:${port}。请换一个 1024 以上的端口。`;
  return `不能监听 ${host}:${port}（${code}）。请检查地址和端口。`;
}
