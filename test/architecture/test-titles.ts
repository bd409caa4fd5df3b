import ts from 'typescript';

/** One call of `test` or `it` that registers a test, read from the source and not from a run. */
export interface TestTitle {
  readonly path: string;
  readonly line: number;
  /** The title as far as it is written down; null where it is worked out when it runs. */
  readonly title: string | null;
}

/** A test that may not run, without words for why. */
export interface UnexplainedSkip {
  readonly path: string;
  readonly line: number;
  readonly call: string;
}

const registering = new Set([
  'only',
  'skip',
  'fails',
  'concurrent',
  'sequential',
  'each',
  'for',
  'skipIf',
  'runIf',
  'todo',
  'fixme',
  'prop',
]);
const neverRuns = new Set(['only', 'todo', 'fixme', 'skipIf', 'runIf']);

/** Every registered test of one file. */
export function testTitlesIn(path: string, source: string): readonly TestTitle[] {
  return callsIn(path, source).flatMap(({ call, line }) => {
    const chain = calleeChain(call.expression);
    if (chain === null || !isTestName(chain[0]) || !chain.slice(1).every((name) => registering.has(name))) return [];
    const [first, second] = call.arguments;
    // `test.skip(condition, reason)` and the first call of `test.each(rows)(title, body)` register nothing.
    if (first === undefined || second === undefined || isCallee(call) || !isFunctionLast(call)) return [];
    return [{ path, line, title: literalTitle(first) }];
  });
}

/** Skips without a reason, and tests switched off for good. `ctx.skip(condition, 'reason')` is the way to skip. */
export function unexplainedSkipsIn(path: string, source: string): readonly UnexplainedSkip[] {
  return callsIn(path, source).flatMap(({ call, line }) => {
    const chain = calleeChain(call.expression);
    if (chain === null) return [];
    const name = chain.join('.');
    const onTest = isTestName(chain[0]) || chain[0] === 'describe';
    if (onTest && chain.some((part) => neverRuns.has(part))) return isCallee(call) ? [] : [{ path, line, call: name }];
    if (chain.at(-1) !== 'skip' || !(onTest || /^(ctx|context|t|skip)$/.test(chain[0] ?? ''))) return [];
    const reason = call.arguments.at(-1);
    const explained = reason !== undefined && !ts.isFunctionLike(reason) && !isCondition(reason);
    return explained && !isFunctionLast(call) ? [] : [{ path, line, call: name }];
  });
}

interface FoundCall {
  readonly call: ts.CallExpression;
  readonly line: number;
}

function callsIn(path: string, source: string): readonly FoundCall[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: FoundCall[] = [];
  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node)) found.push({ call: node, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

/** `test.each(rows)` → ['test', 'each']; null for anything that is not a plain chain of names and calls. */
function calleeChain(expression: ts.Expression): readonly string[] | null {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isPropertyAccessExpression(expression)) {
    const left = calleeChain(expression.expression);
    return left === null ? null : [...left, expression.name.text];
  }
  if (ts.isCallExpression(expression)) return calleeChain(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return calleeChain(expression.tag);
  return null;
}

function isTestName(name: string | undefined): boolean {
  return name === 'test' || name === 'it';
}

function isCallee(call: ts.CallExpression): boolean {
  return ts.isCallExpression(call.parent) && call.parent.expression === call;
}

/** A registering call has its body among the last two arguments: a timeout may follow it. */
function isFunctionLast(call: ts.CallExpression): boolean {
  const candidates = call.arguments.slice(1);
  return candidates.some((argument) => ts.isFunctionLike(argument) || ts.isIdentifier(argument) || ts.isCallExpression(argument));
}

function isCondition(argument: ts.Expression): boolean {
  return (
    !ts.isStringLiteralLike(argument) &&
    !ts.isTemplateExpression(argument) &&
    !ts.isIdentifier(argument) &&
    !ts.isBinaryExpression(argument)
  );
}

function literalTitle(argument: ts.Expression): string | null {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (ts.isTemplateExpression(argument)) return argument.head.text;
  if (ts.isBinaryExpression(argument) && argument.operatorToken.kind === ts.SyntaxKind.PlusToken) return literalTitle(argument.left);
  return null;
}
