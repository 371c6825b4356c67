import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection that can be cut: what goes in at `url` comes out at the target, while it is plugged in. */
export interface Cable {
  readonly url: string;
  pull(): void;
  plug(): void;
}

export function lay(target: URL): Promise<Cable> {
  const open = new Set<Socket>();
  let plugged = true;
  const server = createServer((near) => {
    if (!plugged) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  // It must not outlive the test that laid it.
  server.unref();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        pull() {
          plugged = false;
          for (const socket of open) socket.destroy();
        },
        plug() {
          plugged = true;
        },
      });
    });
  });
}
