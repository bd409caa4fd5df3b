import { globSync } from 'node:fs';

/** Sources that are mutated together, and the tests that have to notice it. Globs are from the root of the project. */
export interface MutatedPart {
  /** Of the file in which what was found is kept for the next run. */
  readonly name: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /**
   * Its tests touch no disk and are over in seconds. They run in a thread, which starts sooner than a process, and also for
   * what a module works out when it is loaded, tables of instruments above all: such a mutant needs every test of its part.
   */
  readonly isQuick?: true;
  /** Most of it is tables, which are worked out when it is loaded: it is loaded anew for each file of tests, which takes longer. */
  readonly isTables?: true;
}

const service = 'electron/service';

/**
 * Smallest first. Tests that have to find a mutant run again for each one, so that those which wait for a process or
 * play damage for minutes are left out where quicker ones read the same code.
 */
export const mutatedParts: readonly MutatedPart[] = [
  { name: 'staff', sources: [`${service}/staff/*.ts`], tests: ['test/staff/*.test.ts'] },
  {
    name: 'seals',
    sources: [`${service}/store/{record-seal,private-seal,data-key,folder-key,recovery-key,event-row,signature-check}.ts`],
    tests: [
      'test/store/{data-key,folder-key,event-hash,event-row,signature-check,stored-seals,verify-readings}.test.ts',
      'test/private-notes/{private-seal,private-file}.test.ts',
    ],
  },
  {
    name: 'dosing',
    sources: ['shared/clinical/{dosing,dose-step,dose-limit,dose-order,route-dose,route-order,protocol-order}.ts'],
    tests: ['test/clinical/{dosing,dose-limit,dose-order,drawing,quantity,route-order}.test.ts'],
    isQuick: true,
  },
  {
    name: 'scoring',
    sources: ['shared/clinical/{scoring,score-change,verdicts,instrument}.ts', 'shared/clinical/instruments/*.ts'],
    tests: ['test/clinical/{scoring,verdicts,instruments,instrument-figures,follow-up}.test.ts'],
    isQuick: true,
  },
  {
    name: 'hold-limit',
    sources: ['shared/clinical/hold-limit.ts'],
    tests: ['test/clinical/{hold-limit,limits}.test.ts'],
    isQuick: true,
    isTables: true,
  },
  {
    name: 'limits',
    sources: ['shared/clinical/{protocol-limits,excursion,extremes,due,discharge,follow-up}.ts'],
    tests: ['test/clinical/{hold-limit,limits,due,due-edges,discharge,follow-up}.test.ts', 'test/protocols/{due-outcome,slots}.test.ts'],
    isQuick: true,
  },
  {
    name: 'clinical',
    sources: ['shared/clinical/*.ts'],
    tests: ['test/clinical/*.test.ts', 'test/protocols/{contradictions,dry-run,unconfirmed}.test.ts', 'test/projection/*.test.ts'],
  },
  {
    name: 'rights',
    sources: [`${service}/session/decide/{doubts,order-authority,decision,correction,signing,left-against-advice}.ts`],
    tests: [
      'test/session/{who-signs,signing,corrections,doubts,drawing,left-against-advice,amendment-adds}.test.ts',
      'test/session/decide-{dose,entries,discharge}.test.ts',
      'test/session/{controlled-drugs,command-matrix}.test.ts',
    ],
    isQuick: true,
  },
  {
    name: 'amounts',
    sources: [`${service}/session/decide/{dose-doubts,infusion-doubts,administration-doubts,step-doubts,volume-left,after-end}.ts`],
    tests: ['test/session/{amount-edges,infusion-edges,after-end}.test.ts'],
    isQuick: true,
  },
  { name: 'decide', sources: [`${service}/session/decide/*.ts`], tests: ['test/session/*.test.ts'] },
  { name: 'state', sources: [`${service}/session/{events,state}/*.ts`], tests: ['test/session/*.test.ts', 'test/export/*.test.ts'] },
  {
    name: 'questions',
    sources: [`${service}/session/{questions,room}/*.ts`],
    tests: ['test/session/*.test.ts', 'test/protocols/*.test.ts'],
  },
  { name: 'drivers', sources: [`${service}/drivers/**/*.ts`], tests: ['test/drivers/**/!(damage|noise).test.ts'] },
];

/** Where a number or a right is decided: a file of these that falls below the limit fails the run. */
const deciding = [
  /^shared\/clinical\/(dos|route-|scor|verdicts|instrument|protocol-limits|protocol-order|hold-limit|excursion|extremes|due|discharge)/,
  /^electron\/service\/session\/decide\//,
  /^electron\/service\/staff\//,
  /^electron\/service\/store\//,
  /^electron\/service\/drivers\/[^/]+\/(decode|numerics|measurement|mapping|observed-number|reply-fields|packet)\.ts$/,
];

export function decides(path: string): boolean {
  return deciding.some((pattern) => pattern.test(path));
}

/**
 * What is given on the command line, files or folders by how their path begins; everything where nothing is. Each source
 * once, in the first part that has it, by its path. A part of which nothing is picked is left out.
 */
export function pickParts(root: string, picked: readonly string[]): readonly MutatedPart[] {
  const taken = new Set<string>();
  return mutatedParts.flatMap((part) => {
    const own = globSync([...part.sources], { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => !taken.has(path))
      .toSorted();
    for (const path of own) taken.add(path);
    const sources = own.filter((path) => picked.length === 0 || picked.some((begin) => path.startsWith(begin)));
    return sources.length === 0 ? [] : [{ ...part, sources }];
  });
}
