// Records the statements that this process runs, with their values, so that a peer can run the very same ones.
#ifndef TRACE_H
#define TRACE_H

/// Begins a record in a file; every connection that is opened afterwards writes to it. 0 when it cannot be made.
int trace_open(const char *path);
/// Whether what runs is written; off at first.
void trace_record(int is_on);
void trace_close(void);

#endif
