/** The certificate library, loaded after what it needs. */
import './reflectMetadata.ts';

export * from '@peculiar/x509';
