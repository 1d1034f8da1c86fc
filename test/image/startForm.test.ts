import { expect, test } from 'vitest';
import { described, formOfImage, formOfScript, lastStage } from './startForm.ts';

test('npm run start:image starts the program as the image does', () => {
	expect(formOfImage().flags.length).toBeGreaterThan(0);
	expect(formOfScript()).toEqual(formOfImage());
});

test('the last stage runs nothing, so that it is put together for every platform alike', () => {
	expect(lastStage().map(([word]) => word)).not.toContain('RUN');
});

test('the last stage is for a user without a name and without rights', () => {
	expect(lastStage()).toContainEqual(['USER', '65532:65532']);
});

test('the image says the version of the program', () => {
	expect(lastStage()).toContainEqual(['ARG', `VERSION=${described.version}`]);
});
