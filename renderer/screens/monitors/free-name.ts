/** `Masimo`, or `Masimo 2` where the room has one already: two monitors are never taken for one another. */
export function freeName(vendor: string, taken: readonly string[]): string {
  let name = vendor;
  for (let number = 2; taken.includes(name); number += 1) name = `${vendor} ${number}`;
  return name;
}
