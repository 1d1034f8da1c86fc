/**
 * A time as people say it, on the clock of where they are: `10:42`, with the day where that is another than today:
 * `11-20 10:42`. `at` in seconds since the epoch, `now` in milliseconds.
 */
export function clock(at: number, now: number): string {
	const date = new Date(at * 1000);
	if (Number.isNaN(date.getTime())) return '';
	const two = (number: number) => String(number).padStart(2, '0');
	const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
	const today = new Date(now).toDateString() === date.toDateString();
	return today ? time : `${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
