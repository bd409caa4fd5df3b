import { z } from 'zod';

// A preload runs in a world of its own beside the page's, on the same document. `connectWorlds`, `runMainWorld` and
// `runIsolatedWorld` are sent to the browser as text: nothing in them may come from outside them.

export const isolatedWorldName = 'Electron Isolated Context';
/** Global names in the isolated world only: the page sees neither. */
export const tellMain = '__fakeElectronTellMain';
export const hearMain = '__fakeElectronHearMain';

/** From the page's preload to main. */
export const fromPageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoke'), call: z.number(), channel: z.string(), input: z.array(z.unknown()) }),
  z.object({ kind: z.literal('port'), port: z.number(), data: z.unknown() }),
  z.object({ kind: z.literal('port-closed'), port: z.number() }),
]);

/** From main to the page's preload. */
export type ToPage =
  | { readonly kind: 'reply'; readonly call: number; readonly value?: unknown; readonly error?: string }
  | { readonly kind: 'message'; readonly channel: string; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

/** The scripts that run before anything of a document does, one for each world. `secret` names their meeting point. */
export function worldScripts(secret: string, preload: string): { readonly main: string; readonly isolated: string } {
  const names = JSON.stringify([`${secret}-main`, `${secret}-isolated`]);
  return {
    main: `(${String(runMainWorld)})(${names}, ${String(connectWorlds)});`,
    // The preload stands in it as text: the page's policy forbids evaluating any.
    isolated: `(${String(runIsolatedWorld)})(${names}, ${String(connectWorlds)}, ${JSON.stringify([tellMain, hearMain])},
      function (require, module, exports) {\n${preload}\n});`,
  };
}

type Encoded = { f: number } | { p: number } | { o: [string, Encoded][] } | { v?: unknown };
type WorldMessage =
  | { kind: 'expose'; key: string; value: Encoded }
  | { kind: 'call'; call: number; to: number; args: Encoded[] }
  | { kind: 'answer'; call: number; value: Encoded }
  | { kind: 'settled'; promise: number; value?: Encoded; error?: string };

/** Like the context bridge: values are copied, functions and promises cross as stand-ins. */
function connectWorlds(own: string, other: string, onExposed: (key: string, value: unknown) => void) {
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const answers = new Map<number, Encoded>();
  let last = 0;
  const say = (message: WorldMessage) => document.dispatchEvent(new CustomEvent(other, { detail: JSON.stringify(message) }));

  function encode(value: unknown): Encoded {
    last += 1;
    const id = last;
    if (typeof value === 'function') {
      functions.set(id, value as () => unknown);
      return { f: id };
    }
    if (value instanceof Promise) {
      value.then(
        (result) => say({ kind: 'settled', promise: id, value: encode(result) }),
        (error: unknown) => say({ kind: 'settled', promise: id, error: error instanceof Error ? error.message : String(error) }),
      );
      return { p: id };
    }
    if (value !== null && typeof value === 'object') return { o: Object.entries(value).map(([key, part]) => [key, encode(part)]) };
    return { v: value };
  }

  function decode(encoded: Encoded): unknown {
    if ('f' in encoded) return (...args: unknown[]) => call(encoded.f, args);
    if ('p' in encoded) return new Promise((resolve, reject) => promises.set(encoded.p, { resolve, reject }));
    if ('o' in encoded) return Object.freeze(Object.fromEntries(encoded.o.map(([key, part]) => [key, decode(part)])));
    return encoded.v;
  }

  function call(to: number, args: unknown[]): unknown {
    last += 1;
    const number = last;
    // Events are dispatched at once: the answer is there when this returns.
    say({ kind: 'call', call: number, to, args: args.map(encode) });
    const answer = answers.get(number);
    answers.delete(number);
    if (answer === undefined) throw new Error('the call failed on the other side of the bridge');
    return decode(answer);
  }

  document.addEventListener(own, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as WorldMessage;
    if (message.kind === 'expose') onExposed(message.key, decode(message.value));
    else if (message.kind === 'answer') answers.set(message.call, message.value);
    else if (message.kind === 'call') {
      const result = functions.get(message.to)?.(...message.args.map(decode));
      say({ kind: 'answer', call: message.call, value: encode(result) });
    } else {
      const promise = promises.get(message.promise);
      promises.delete(message.promise);
      if (message.value === undefined) promise?.reject(new Error(message.error));
      else promise?.resolve(decode(message.value));
    }
  });
  return (key: string, value: unknown) => say({ kind: 'expose', key, value: encode(value) });
}

function runMainWorld([main, isolated]: [string, string], connect: typeof connectWorlds): void {
  if (window !== window.top) return;
  connect(main, isolated, (key, value) => Object.defineProperty(window, key, { value, enumerable: true }));
}

/** What a sandboxed preload has: `require` of `electron`, and of that the two parts that a preload may use. */
function runIsolatedWorld(
  [main, isolated]: [string, string],
  connect: typeof connectWorlds,
  [tell, hear]: [string, string],
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  if (window !== window.top) return;
  const world = globalThis as unknown as Record<string, (message: never) => void>;
  const listeners = new Map<string, Set<(event: object, data: unknown) => void>>();
  const replies = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ports = new Map<number, MessagePort>();
  let calls = 0;
  const send = (message: object) => world[tell]?.(JSON.stringify(message) as never);

  function portHere(number: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(number, port2);
    port2.onmessage = (event) => send({ kind: 'port', port: number, data: event.data });
    port2.addEventListener('close', () => ports.delete(number) && send({ kind: 'port-closed', port: number }));
    return port1;
  }

  world[hear] = (message: ToPage) => {
    if (message.kind === 'message') {
      const event = { ports: message.ports.map(portHere) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, message.data);
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.data);
    // Chromium tells a page nothing of a far end that died, so neither is it told here.
    else if (message.kind === 'port-closed') ports.delete(message.port);
    else {
      const reply = replies.get(message.call);
      replies.delete(message.call);
      if (message.error === undefined) reply?.resolve(message.value);
      else reply?.reject(new Error(message.error));
    }
  };

  const ipcRenderer = {
    on: (channel: string, listener: (event: object, data: unknown) => void) =>
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
    off: (channel: string, listener: (event: object, data: unknown) => void) => listeners.get(channel)?.delete(listener),
    invoke: (channel: string, ...input: unknown[]) => {
      calls += 1;
      send({ kind: 'invoke', call: calls, channel, input });
      return new Promise((resolve, reject) => replies.set(calls, { resolve, reject }));
    },
  };
  const electron = { ipcRenderer, contextBridge: { exposeInMainWorld: connect(isolated, main, () => undefined) } };
  const module = { exports: {} };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
  preload(require, module, module.exports);
}
