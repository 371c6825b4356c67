import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Spreads connections over the replicas that accept them, as a load balancer does. */
export interface Balancer {
  readonly port: number;
  /** Ends every connection that is open. */
  cut(): void;
  close(): Promise<void>;
}

export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;

  function serve(client: Socket): void {
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => open.delete(client));
    forward(client, turn++, ports.length);
  }

  function forward(client: Socket, number: number, left: number): void {
    const port = ports[number % ports.length] ?? 0;
    const replica = connect(port, '127.0.0.1');
    replica.once('connect', () => {
      client.pipe(replica);
      replica.pipe(client);
      client.on('close', () => replica.destroy());
      replica.on('close', () => client.destroy());
    });
    replica.on('error', () => {
      replica.destroy();
      // One that is being started: the next one takes it.
      if (replica.connecting || replica.bytesWritten > 0 || left <= 1) client.destroy();
      else forward(client, number + 1, left - 1);
    });
  }

  const server = createServer({ pauseOnConnect: false }, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
