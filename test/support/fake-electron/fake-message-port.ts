import { EventEmitter } from 'node:events';

/** What takes a port's messages away to where the port was sent. */
export interface Carrier {
  message(data: unknown): void;
  close(): void;
}

/** `MessagePortMain`: waits until it is started, and tells of its peer's end. */
export class FakeMessagePort extends EventEmitter {
  #peer: FakeMessagePort | null = null;
  #carrier: Carrier | null = null;
  #waiting: unknown[] = [];
  #started = false;

  static pair(): readonly [FakeMessagePort, FakeMessagePort] {
    const first = new FakeMessagePort();
    const second = new FakeMessagePort();
    first.#peer = second;
    second.#peer = first;
    return [first, second];
  }

  postMessage(data: unknown): void {
    if (this.#peer !== null) this.#peer.#receive(data);
  }

  start(): void {
    this.#started = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const data of waiting) this.#receive(data);
  }

  close(): void {
    const peer = this.#peer;
    this.#peer = null;
    if (peer === null) return;
    peer.#peer = null;
    this.#ended();
    peer.#ended();
  }

  /** From here on this end only stands for one in another process. */
  carryAway(carrier: Carrier): void {
    this.#carrier = carrier;
    this.start();
  }

  #receive(data: unknown): void {
    if (this.#carrier !== null) this.#carrier.message(data);
    else if (this.#started) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  #ended(): void {
    this.#carrier?.close();
    this.emit('close');
  }
}

export type PortMessage =
  { readonly kind: 'port'; readonly port: number; readonly data: unknown } | { readonly kind: 'port-closed'; readonly port: number };

/** The ports that cross from this process to one other, told apart by numbers. */
export class PortCrossing {
  readonly #send: (message: PortMessage) => void;
  readonly #ports = new Map<number, FakeMessagePort>();
  #last = 0;

  constructor(send: (message: PortMessage) => void) {
    this.#send = send;
  }

  /** Sends a port away; its number goes along with the message that it belongs to. */
  depart(port: FakeMessagePort): number {
    this.#last += 1;
    this.#stand(this.#last, port);
    return this.#last;
  }

  /** The port that arrives here under a number from the other side. */
  arrive(number: number): FakeMessagePort {
    const [here, away] = FakeMessagePort.pair();
    this.#stand(number, away);
    return here;
  }

  take(message: PortMessage): void {
    const port = this.#ports.get(message.port);
    if (message.kind === 'port') port?.postMessage(message.data);
    else {
      this.#ports.delete(message.port);
      port?.close();
    }
  }

  /** The other side is gone. */
  close(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #stand(number: number, port: FakeMessagePort): void {
    this.#ports.set(number, port);
    port.carryAway({
      message: (data) => this.#send({ kind: 'port', port: number, data }),
      close: () => {
        if (this.#ports.delete(number)) this.#send({ kind: 'port-closed', port: number });
      },
    });
  }
}
