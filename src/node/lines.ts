/** A line as long as Go's buffer is never read to its end; nothing behind it is read at all. */
const longestLine = 65_535;

/** The lines of a text as Go's resolver reads them from a file (https://go.dev/src/net/parse.go). */
export function readLines(text: string): string[] {
	const lines = text.split('\n');
	if (lines.at(-1) === '') lines.pop();
	const end = lines.findIndex((line) => line.length * 3 > longestLine && Buffer.byteLength(line) > longestLine);
	return end < 0 ? lines : lines.slice(0, end);
}

/** The words of a line: only blanks, tabs and line breaks of ASCII stand between them. */
export function readFields(line: string): string[] {
	return line.split(/[ \t\r\n]+/).filter((field) => field !== '');
}
