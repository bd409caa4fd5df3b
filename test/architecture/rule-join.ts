import type { TestTitle } from './test-titles.ts';

/** One line of test/rules/*.md. */
export interface Rule {
  readonly id: string;
  readonly path: string;
  readonly line: number;
}

export interface RuleFile {
  readonly rules: readonly Rule[];
  readonly problems: readonly string[];
}

const ruleLine = /^- \*\*([A-Z][A-Z0-9]*-\d+)\*\* \S.*[.!?]$/;
const leadingIds = /^[A-Z][A-Z0-9]*-\d+(?:, [A-Z][A-Z0-9]*-\d+)*(?=\s|$)/;
const oneId = /[A-Z][A-Z0-9]*-\d+/g;

/** Reads `- **LINK-3** A port that vanishes is retried for ever.` from one file of rules. */
export function rulesIn(path: string, text: string): RuleFile {
  const rules: Rule[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.startsWith('- ')) continue;
    const id = ruleLine.exec(line)?.[1];
    if (id === undefined) problems.push(`${path}:${index + 1} is not a rule: "- **AREA-1** One sentence."`);
    else rules.push({ id, path, line: index + 1 });
  }
  return { rules, problems };
}

/** The rule ids that a title begins with: `LINK-3 …`, or `LINK-3, LINK-4 …`. */
export function idsOf(title: string): readonly string[] {
  return leadingIds.exec(title)?.[0].match(oneId) ?? [];
}

/** Joins both sides and says, one line each, what has no partner. */
export function joinProblems(files: readonly RuleFile[], titles: readonly TestTitle[]): readonly string[] {
  const rules = new Map<string, Rule>();
  const problems = files.flatMap((file) => file.problems);
  for (const rule of files.flatMap((file) => file.rules)) {
    const first = rules.get(rule.id);
    if (first === undefined) rules.set(rule.id, rule);
    else problems.push(`${rule.id} is defined twice: ${first.path}:${first.line} and ${rule.path}:${rule.line}`);
  }

  const tested = new Set<string>();
  for (const { path, line, title } of titles) {
    const ids = title === null ? [] : idsOf(title);
    if (ids.length === 0) problems.push(`${path}:${line} has a title that does not begin with a rule id`);
    for (const id of ids) {
      tested.add(id);
      if (!rules.has(id)) problems.push(`${path}:${line} tests ${id}, which is no rule`);
    }
  }
  for (const rule of rules.values()) {
    if (!tested.has(rule.id)) problems.push(`${rule.path}:${rule.line} ${rule.id} has no test`);
  }
  return problems;
}
