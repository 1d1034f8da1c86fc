/**
 * A type of the Foundation SDK as JSON has it: enumerations are their words and numbers. What the SDK leaves open (`any`)
 * is forbidden, so that whoever uses it has to say what belongs there.
 */
export type Json<Type> = 0 extends 1 & Type ? never : Plain<Type>;

type Plain<Type> = Type extends string
	? `${Type}`
	: Type extends number
		? PlainNumber<Type>
		: Type extends readonly (infer Item)[]
			? readonly Json<Item>[]
			: Type extends object
				? { readonly [Key in keyof Type]: Json<Type[Key]> }
				: Type;

/** The numbers of an enumeration; any number, where it is none. As words, because every number passes for an enumeration. */
type PlainNumber<Type extends number> = `${number}` extends `${Type}`
	? number
	: `${Type}` extends `${infer Value extends number}`
		? Value
		: never;
