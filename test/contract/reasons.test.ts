import { expect, test } from 'vitest';
import { z } from 'zod';
import { roomContract } from '../../shared/contract/room-contract.ts';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';

/** An answer to a doubt is held against DOUBT-3 where it is weighed. */
const other = ['session.execute.answers[].reason'];

/** Of every text that a person types as a reason: its path, and whether it takes something without words or refuses words. */
function reasonsIn(schema: z.core.$ZodType, path: string): [path: string, isLoose: boolean][] {
  const { def } = schema._zod as unknown as { readonly def: Inner };
  if (def.type === 'string') return /reason$/i.test(path) && !other.includes(path) ? [[path, isLoose(schema)]] : [];
  const inner = [def.innerType, def.in].flatMap((one) => (one === undefined ? [] : reasonsIn(one, path)));
  const fields = Object.entries(def.shape ?? {}).flatMap(([name, one]) => reasonsIn(one, `${path}.${name}`));
  const items = def.element === undefined ? [] : reasonsIn(def.element, `${path}[]`);
  const isCommand = def.options === sessionCommandSchema.options;
  return [...inner, ...fields, ...items, ...(isCommand ? [] : (def.options ?? []).flatMap((one) => reasonsIn(one, path)))];
}

interface Inner {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
}

function isLoose(schema: z.core.$ZodType): boolean {
  const takes = (text: string): boolean => z.safeParse(schema, text).success;
  return ['x', '.', '12', 'aaaa', ' ', ''].some(takes) || !takes(' the pump stood still ');
}

test('DOUBT-9 the reason of every command has words, and none passes by another door', () => {
  const found = sessionCommandSchema.options.flatMap((option) => reasonsIn(option, option.shape.type.value));
  expect(found.filter(([, loose]) => loose)).toEqual([]);
  const paths = found.map(([path]) => path);
  expect(paths.filter((path) => path.endsWith('.at.reason')).length).toBeGreaterThan(20);
  expect(paths.filter((path) => !path.endsWith('.at.reason')).toSorted()).toEqual([
    'amend-observation.reason',
    'begin-amendment.reason',
    'close-amendment.reason',
    'close-item.reason',
    'correct-administration.reason',
    'correct-time.reason',
    'correct-vitals.reason',
    'correct-volume-left.reason',
    'end-session.reason',
    'give-drug.reason',
    'mark-artefact.reason',
    'mark-slot-missed.reason',
    'override-criterion.reason',
    'record-observation.lateReason',
    'undo.reason',
    'waste-controlled-drug.differenceReason',
  ]);
});

test('DOUBT-9 so has the reason of every call that is no command', () => {
  const found = Object.entries(roomContract).flatMap(([area, procedures]) =>
    Object.entries(procedures).flatMap(([name, procedure]) => {
      const { inputSchema } = (procedure as { '~orpc': { inputSchema?: z.ZodType } })['~orpc'];
      return inputSchema === undefined ? [] : reasonsIn(inputSchema, `${area}.${name}`);
    }),
  );
  expect(found).toEqual([
    ['staff.endAccess.reason', false],
    ['drugLog.count.reason', false],
    ['drugLog.dispose.reason', false],
  ]);
});
