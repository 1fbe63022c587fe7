/** As wide as the terminal, or as COLUMNS says where there is none; else 100. */
export function widthOf(stream: NodeJS.WriteStream): number {
  const wanted = Number(process.env.COLUMNS);
  return stream.columns || (wanted >= 40 ? wanted : 100);
}
