#ifndef FOLLOWUP_CFUZZER_H
#define FOLLOWUP_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

// libFuzzer as a library: runs `test` on inputs of its own making until it is told to end, and returns the status.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *bytes, size_t count));

#endif
