/** One `[[registry]]` of registries.conf. */
export const registry = (fields: string) => `[[registry]]\n${fields}\n`;
/** One `[[registry.mirror]]`, of the entry before it. */
export const mirror = (fields: string) => `[[registry.mirror]]\n${fields}\n`;
/** The fields of a location that is asked in plain HTTP where it does not speak TLS. */
export const insecure = (location: string) => `location = "${location}"\ninsecure = true`;
