/// Headway's own machine code: an assembler for the part of x86-64 that kernels need, memory that the
/// processor may execute, and the calls into it.
///
/// Nothing here is needed for a right result: where the processor or the system does not take part, the
/// vector tier serves. See `docs/decisions/0009-machine-code.md`.
package headway.kernels.machine;
