export async function verify(protocol: string | undefined): Promise<{ name: string } | undefined> {
  return protocol ? { name: protocol.slice(0, 8) } : undefined;
}
