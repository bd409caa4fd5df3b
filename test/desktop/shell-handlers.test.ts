import type { BrowserWindow, IpcMain, WebContents } from 'electron';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOurPage, isOurs } from '../../electron/main/page-origin.ts';
import { handleShellCalls } from '../../electron/main/shell-handlers.ts';
import { shellChannels } from '../../shared/shell/shell-channels.ts';

type Listener = (event: unknown, ...input: unknown[]) => unknown;

const ourContents = { print: () => done.push('print') } as unknown as WebContents;
const ourWindow = { webContents: ourContents, isKiosk: () => true } as unknown as BrowserWindow;
const ourFrame = { parent: null, origin: 'app://vigil' };
const ourCall = { sender: ourContents, senderFrame: ourFrame };
const done: string[] = [];

const strangers: readonly (readonly [string, unknown])[] = [
  ['another window', { sender: {}, senderFrame: ourFrame }],
  ['a frame inside the page', { sender: ourContents, senderFrame: { parent: ourFrame, origin: 'app://vigil' } }],
  ['another host', { sender: ourContents, senderFrame: { parent: null, origin: 'app://other' } }],
  ['a web page', { sender: ourContents, senderFrame: { parent: null, origin: 'https://vigil' } }],
  ['a file', { sender: ourContents, senderFrame: { parent: null, origin: 'file://' } }],
  ['an opaque origin', { sender: ourContents, senderFrame: { parent: null, origin: 'null' } }],
  ['a frame that is gone', { sender: ourContents, senderFrame: null }],
];

function handlers(): Map<string, Listener> {
  const found = new Map<string, Listener>();
  const ipc = { handle: (channel: string, listener: Listener) => found.set(channel, listener) } as unknown as Pick<IpcMain, 'handle'>;
  handleShellCalls(ipc, ourWindow, { request: () => done.push('port') });
  done.length = 0;
  return found;
}

it('SHELL-12 listens on three channels and no other', () => {
  expect([...handlers().keys()].toSorted()).toEqual([shellChannels.isKiosk, shellChannels.print, shellChannels.requestRoomPort].toSorted());
});

it('SHELL-12 does what our page asks', () => {
  const found = handlers();
  found.get(shellChannels.requestRoomPort)?.(ourCall);
  expect(found.get(shellChannels.isKiosk)?.(ourCall)).toBe(true);
  found.get(shellChannels.print)?.(ourCall, undefined);
  expect(done).toEqual(['port', 'print']);
});

it.each(strangers)('SHELL-12 answers nobody but our page: %s', (_name, event) => {
  expect(isOurPage(ourWindow, event as never)).toBe(false);
  for (const listener of handlers().values()) {
    expect(() => listener(event, undefined)).toThrow('not for this sender');
  }
  expect(done).toEqual([]);
});

it('SHELL-12 refuses every input that a call does not have', () => {
  const found = handlers();
  fc.assert(
    fc.property(fc.constantFrom(...found.keys()), fc.array(fc.anything(), { maxLength: 3 }), (channel, input) => {
      const [first, ...rest] = input;
      const fits = rest.length === 0 && first === undefined;
      const call = (): unknown => found.get(channel)?.(ourCall, ...input);
      if (fits) call();
      else expect(call).toThrow(/expected|one input at most/);
    }),
    { numRuns: 10_000, seed: 7 },
  );
});

it('SHELL-13 loads nothing but the page itself', () => {
  expect(isOurs('app://vigil/index.html')).toBe(true);
  expect(isOurs('app://vigil/assets/a.js')).toBe(true);
  const foreign = [
    'app://vigil.example/',
    'app://other/',
    'https://vigil/',
    'file:///etc/passwd',
    'devtools://devtools/',
    'data:text/html,x',
    '',
  ];
  expect(foreign.filter(isOurs)).toEqual([]);
});
