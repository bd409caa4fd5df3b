import type { ReactNode } from 'react';

/** SpO₂ and CO₂ with a real subscript: the font's own small digit is too small to read. */
export function Subscript({ children }: { readonly children: string }): ReactNode {
  const [before, after] = children.split('₂');
  return after === undefined ? (
    children
  ) : (
    <>
      {before}
      <sub>2</sub>
      {after}
    </>
  );
}
