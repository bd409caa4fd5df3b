interface LabelParts {
  /** Gives way where there is little room. */
  readonly words: string;
  /** Everything from the first digit on: a figure that is cut is another figure. */
  readonly figure: string;
}

/** `Injection` and `77.111 mg` of `Injection 77.111 mg`. */
export function labelParts(label: string): LabelParts {
  const at = label.search(/\d/);
  return at <= 0
    ? { words: at === 0 ? '' : label, figure: at === 0 ? label : '' }
    : { words: label.slice(0, at).trimEnd(), figure: label.slice(at) };
}
