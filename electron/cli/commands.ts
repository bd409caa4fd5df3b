/** Loaded when asked for: `vigil ports` needs no database, `vigil decode` no serial library. */
export const commands = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  ports: async () => (await import('./ports.ts')).portsCommand,
  decode: async () => (await import('./decode.ts')).decodeCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  capture: async () => (await import('./capture.ts')).captureCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  'open-capture': async () => (await import('./open-capture.ts')).openCaptureCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  score: async () => (await import('./score.ts')).scoreCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  salvage: async () => (await import('./salvage.ts')).salvageCommand,
  'recover-key': async () => (await import('./recover-key.ts')).recoverKeyCommand,
  hub: async () => (await import('./hub.ts')).hubCommand,
} as const;
