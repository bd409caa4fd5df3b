import { registerHooks } from 'node:module';

/** The built main process asks for `electron`, and gets the fake; so does a test that looks into it. */
const electronModule = new URL('electron-module.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electronModule, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
