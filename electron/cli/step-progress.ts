import type { CommandIo } from './command-io.ts';

export type OnStep<Step extends string> = (step: Step, share: number | null) => void;

/**
 * Runs `work`, and says meanwhile which of its steps it is in and how much of that is done, where somebody sees it.
 *
 * @param words what is being done at each step, in the order of the steps
 */
export function withStepProgress<Step extends string, Result>(
  { progress }: Pick<CommandIo, 'progress'>,
  words: Readonly<Record<Step, string>>,
  work: (onStep: OnStep<Step>) => Result,
): Result {
  if (progress === undefined) return work(() => undefined);
  const steps = Object.keys(words);
  let shown = '';
  try {
    return work((step, share) => {
      const done = share === null ? '' : `, ${Math.floor(share * 100)} %`;
      const line = `${steps.indexOf(step) + 1} of ${steps.length}: ${words[step]}${done}`;
      if (line !== shown) progress(line);
      shown = line;
    });
  } finally {
    progress('');
  }
}
