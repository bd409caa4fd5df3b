import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A numbered file of SQL that brings a hub from one version to the next. */
export interface HubStep {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  readonly sha256: string;
}

/** A function as a step defines it. */
export interface HubFunction {
  readonly name: string;
  readonly body: string;
  /** It runs with the rights of its owner. */
  readonly asOwner: boolean;
}

/** The version that this Vigil speaks: of its last step. */
export const hubVersion = 10;

/** The steps that come with Vigil, in their order. */
export function readHubSteps(): readonly HubStep[] {
  // As deep below the project's root as the bundle is that holds this file.
  const folder = [join('..', '..'), join('..', '..', '..', '..')]
    .map((up) => join(import.meta.dirname, up, 'resources', 'hub'))
    .find((path) => stepFiles(path).length > 0);
  if (folder === undefined) throw new Error('the folder resources/hub is missing beside the program');
  return stepFiles(folder).map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8');
    return { number: Number(file.slice(0, 4)), file, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

function stepFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{4}-.+\.sql$/.test(name))
      .toSorted();
  } catch {
    return [];
  }
}

const definition = /CREATE (?:OR REPLACE )?FUNCTION vigil\.(\w+)\(([\s\S]*?)AS \$vigil\$([\s\S]*?)\$vigil\$/g;

/** The functions as they stand after all steps. */
export function functionsOf(steps: readonly HubStep[]): readonly HubFunction[] {
  const found = new Map<string, HubFunction>();
  for (const { sql } of steps) {
    for (const [, name = '', head = '', body = ''] of sql.matchAll(definition)) {
      found.set(name, { name, body, asOwner: head.includes('SECURITY DEFINER') });
    }
  }
  return [...found.values()];
}
