/** A client broke the rules of the protocol: its connection ends, and nothing else happens. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** A message that the protocol has but this server does not speak. */
export class UnsupportedMessage extends Error {
  override readonly name = 'UnsupportedMessage'
}

/** More bytes must arrive before the message can be read. */
export class Underflow extends Error {
  override readonly name = 'Underflow'
  /** How many bytes the message has at least, counted from its start. */
  readonly needed: number

  constructor(needed: number) {
    super('the message is not complete')
    this.needed = needed
  }
}
