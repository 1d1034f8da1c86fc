/* Runs inside the browser: what holds the elements that are painted in the page's red. */
export default (elements) => {
	const alarm = 'rgb(196, 18, 31)';
	const painted = [...elements].filter((element) => {
		const { color, backgroundColor } = getComputedStyle(element);
		return color === alarm || backgroundColor === alarm;
	});
	return [...new Set(painted.map((element) => element.closest('.failed, .reason')?.className))];
};
