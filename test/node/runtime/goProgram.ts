/** A varint with its text behind it. */
function counted(text: Buffer): Buffer {
	const bytes: number[] = [];
	let rest = text.length;
	for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
	return Buffer.concat([Buffer.from([...bytes, rest]), text]);
}

/**
 * The smallest file in which Go's own `go version -m` finds build information: ELF for 64 bits with one section.
 * `lines` are those that it prints, without the first tab.
 */
export function goProgram(lines: readonly string[], goVersion = 'go1.26.3'): Buffer {
	const frame = Buffer.alloc(16, 0x30);
	const modules = Buffer.concat([frame, Buffer.from(`${lines.join('\n')}\n`), frame]);
	const head = Buffer.alloc(32);
	head.write('\xff Go buildinf:', 0, 'latin1');
	head.set([8, 2], 14);
	const data = Buffer.concat([head, counted(Buffer.from(goVersion)), counted(modules)]);
	const names = Buffer.from('\0.go.buildinfo\0.shstrtab\0');
	const header = Buffer.alloc(64);
	header.write('\x7FELF\x02\x01\x01', 0, 'latin1');
	header.writeUInt16LE(2, 16);
	header.writeUInt16LE(62, 18);
	header.writeUInt32LE(1, 20);
	const dataAt = 64;
	const namesAt = dataAt + data.length;
	const sectionsAt = Math.ceil((namesAt + names.length) / 8) * 8;
	header.writeBigUInt64LE(BigInt(sectionsAt), 40);
	for (const [at, value] of [
		[52, 64],
		[54, 56],
		[58, 64],
		[60, 3],
		[62, 2],
	] as const) {
		header.writeUInt16LE(value, at);
	}
	const sections = [section(0, 0, 0, 0), section(1, 1, dataAt, data.length), section(15, 3, namesAt, names.length)];
	const gap = Buffer.alloc(sectionsAt - namesAt - names.length);
	return Buffer.concat([header, data, names, gap, ...sections]);
}

function section(name: number, type: number, offset: number, size: number): Buffer {
	const entry = Buffer.alloc(64);
	entry.writeUInt32LE(name, 0);
	entry.writeUInt32LE(type, 4);
	entry.writeBigUInt64LE(BigInt(offset), 16);
	entry.writeBigUInt64LE(BigInt(offset), 24);
	entry.writeBigUInt64LE(BigInt(size), 32);
	entry.writeBigUInt64LE(16n, 48);
	return entry;
}
