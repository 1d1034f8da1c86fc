/* Runs inside the browser: pairs of texts within the elements that lie on each other, and texts that lie outside of the page. */
export default (elements) => {
	const frames = new Map();
	/* What is left to see of an element, after all around it that cuts has cut. */
	const frameOf = (element) => {
		if (!element || element === document.documentElement) {
			return { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 };
		}
		const known = frames.get(element);
		if (known) return known;
		const around = frameOf(element.parentElement);
		const cuts = getComputedStyle(element).overflow !== 'visible';
		const frame = cuts ? cut(around, element.getBoundingClientRect()) : around;
		frames.set(element, frame);
		return frame;
	};
	const cut = (a, b) => ({
		left: Math.max(a.left, b.left),
		right: Math.min(a.right, b.right),
		top: Math.max(a.top, b.top),
		bottom: Math.min(a.bottom, b.bottom),
	});
	const boxesOf = (node) => {
		const range = document.createRange();
		range.selectNodeContents(node);
		const boxes = [...range.getClientRects()].map((box) => cut(frameOf(node.parentElement), box));
		return boxes.filter(({ left, right, top, bottom }) => right - left > 1 && bottom - top > 1);
	};
	const shown = [...elements].flatMap((element) => {
		const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '');
		if (texts.length === 0 || element.closest('.hidden, .skip, style')) return [];
		if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) return [];
		return texts.flatMap((node) => boxesOf(node).map((box) => ({ box, node, text: node.data.trim().slice(0, 60) })));
	});
	const over = (a, b) =>
		Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 &&
		Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
	const falling = shown.toSorted((a, b) => a.box.top - b.box.top);
	const pairs = falling.flatMap((one, at) => {
		const found = [];
		for (const other of falling.slice(at + 1, at + 100)) {
			if (other.box.top >= one.box.bottom) break;
			if (other.node !== one.node && over(one.box, other.box)) found.push(`${one.text} | ${other.text}`);
		}
		return found;
	});
	const width = document.documentElement.clientWidth;
	const outside = shown.filter(({ box }) => box.right > width + 0.5 || box.left < -0.5);
	return [...new Set([...pairs, ...outside.map(({ text }) => `outside: ${text}`)])];
};
