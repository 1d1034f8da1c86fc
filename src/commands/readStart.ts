/** The start of what a stream holds as text, at most `maximum` bytes; the rest is not read. */
export async function readStart(stream: AsyncIterable<Buffer>, maximum: number): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		size += chunk.length;
		if (size >= maximum) break;
	}
	return Buffer.concat(chunks).subarray(0, maximum).toString('utf8');
}
