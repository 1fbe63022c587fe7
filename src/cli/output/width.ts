/** The width of the terminal in columns, else COLUMNS (at least 40), else 100. */
export function widthOf(stream: NodeJS.WriteStream): number {
  const wanted = Number(process.env.COLUMNS);
  return stream.columns || (wanted >= 40 ? wanted : 100);
}
