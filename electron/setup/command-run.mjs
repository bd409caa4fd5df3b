import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'inherit' | 'progress' | 'capture'} [output] where the output goes: to our own streams,
 *   all of it to stderr (stdout belongs to the command the user asked for), or into the result
 * @property {number} [deadlineMs] the command is killed after this long
 */

/**
 * @typedef {object} CommandEnd
 * @property {number} exitCode a death by signal n is 128 + n, as a shell reports it
 * @property {string} output both streams, when captured
 * @property {boolean} timedOut
 */

/**
 * Runs one command to its end. A termination signal sent to us is passed on and we go on waiting, so
 * that the child closes its files before this process is gone.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandEnd>}
 */
export function runCommand(command, args, options = {}) {
  const { cwd, env = process.env, output = 'inherit', deadlineMs } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: stdioFor(output), shell: needsShell(command) });
    /** @type {Buffer[]} */
    const captured = [];
    child.stdout?.on('data', (chunk) => captured.push(chunk));
    child.stderr?.on('data', (chunk) => captured.push(chunk));

    let timedOut = false;
    const deadline =
      deadlineMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, deadlineMs);
    const stopPassingOn = passSignalsOnTo(child);

    child.on('error', (error) => {
      clearTimeout(deadline);
      stopPassingOn();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      stopPassingOn();
      const exitCode = code ?? (signal === null ? 1 : 128 + constants.signals[signal]);
      resolve({ exitCode, output: Buffer.concat(captured).toString('utf8'), timedOut });
    });
  });
}

/**
 * @param {'inherit' | 'progress' | 'capture'} output
 * @returns {import('node:child_process').StdioOptions}
 */
function stdioFor(output) {
  if (output === 'inherit') return 'inherit';
  if (output === 'progress') return ['ignore', process.stderr, process.stderr];
  return ['ignore', 'pipe', 'pipe'];
}

/**
 * On Windows `npm` and the programs in node_modules/.bin are batch files, which only a shell can start.
 *
 * @param {string} command
 */
function needsShell(command) {
  return process.platform === 'win32' && !command.endsWith('.exe');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} takes the listeners away again
 */
function passSignalsOnTo(child) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @param {NodeJS.Signals} signal */
  function passOn(signal) {
    // A terminal sends Ctrl-C to the whole group: the child already has it.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  }
  for (const signal of signals) process.on(signal, passOn);
  const watch = watchParent(() => child.kill('SIGTERM'));
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, passOn);
  };
}

/**
 * npm starts a script through a shell and passes a termination signal to that shell only, which dies and
 * tells nobody. Without this look, `npm start` that was ended would leave the room running unseen.
 *
 * @param {() => void} onGone
 * @returns {NodeJS.Timeout | undefined} nothing to watch where npm did not start us
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, 500);
  return watch.unref();
}
