/** A line of plain text as a monitor prints it, ended by CR and LF. */
export function printedLine(text: string): Uint8Array {
  return Uint8Array.from(`${text}\r\n`, (character) => character.charCodeAt(0));
}
