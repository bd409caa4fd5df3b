import type { CommandIo } from './command-io.ts';

export type Run = (argv: string[], io: CommandIo) => Promise<number>;

/** Every command in one line. Loaded when asked for: `vigil ports` needs no database, `vigil decode` no serial library. */
export const commands: Readonly<Record<string, { readonly does: string; load(): Promise<Run> }>> = {
  serve: { does: 'the room in a browser, on 127.0.0.1', load: async () => (await import('./serve.ts')).runServe },
  ports: {
    does: 'serial ports with stable names, and what is heard there; asks only where told to',
    load: async () => (await import('./ports.ts')).runPorts,
  },
  decode: { does: 'captured bytes to readings, with every byte accounted for', load: async () => (await import('./decode.ts')).runDecode },
  simulate: { does: 'plays a monitor on a serial port', load: async () => (await import('./simulate.ts')).runSimulate },
  capture: { does: 'the raw bytes of a port, with their times, to a file', load: async () => (await import('./capture.ts')).runCapture },
  replay: { does: 'a capture decoded, or played on a port', load: async () => (await import('./replay.ts')).runReplay },
  plan: { does: 'the dry run of a protocol: every slot, the dose, the limits', load: async () => (await import('./plan.ts')).runPlan },
  score: { does: 'answers of a rating to totals, bands and what is missing', load: async () => (await import('./score.ts')).runScore },
  verify: { does: 'proves a data folder whole: chain, order, integrity', load: async () => (await import('./verify.ts')).runVerify },
  export: {
    does: 'a session as JSON, CSV or PDF, or the drug log, written or checked',
    load: async () => (await import('./export.ts')).runExport,
  },
  'recover-key': {
    does: 'makes the key file again from the printed recovery key',
    load: async () => (await import('./recover-key.ts')).runRecoverKey,
  },
};
