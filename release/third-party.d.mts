interface Input {
  readonly imports: readonly { readonly path: string }[];
}
type Inputs = Readonly<Record<string, Input>>;
export function licences(inputs: Inputs): string;
export function sbom(inputs: Inputs): string;
