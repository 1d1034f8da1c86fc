/* Runs inside the browser: the contrast of the text of elements to the ground behind them (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export default (elements) => {
	const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
	const luminance = (colour) => {
		const [red, green, blue] = channels(colour).map((channel) => {
			const share = channel / 255;
			return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const groundOf = (element) => {
		const colour = getComputedStyle(element).backgroundColor;
		return channels(colour)[3] === 0 ? groundOf(element.parentElement) : colour;
	};
	return [...elements].map((element) => {
		const shades = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
		return (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
	});
};
