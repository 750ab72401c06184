// Tells the thread sanitizer of the Swift standard library's `Mutex` what it cannot see.
//
// A mutex that nobody else wants is taken and left in code that is compiled here, with the sanitizer. One that is waited
// for is taken and left by the kernel, called from the library, which is built without it: two threads that take turns
// would seem to race. These two functions stand before the library's own of the same names and add the edge that is
// missing; what is not under the mutex is found as before.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define CONTEXT __attribute__((swift_context))

void __tsan_acquire(void *address);
void __tsan_release(void *address);

// A symbol of the library by its name; without it nothing can be said of any mutex.
static void *library(const char *name) {
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) abort();
    return symbol;
}

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slowly(uint32_t thread, CONTEXT void *mutex) __asm__(LOCK);
SWIFT void lock_slowly(uint32_t thread, CONTEXT void *mutex) {
    SWIFT void (*lock)(uint32_t, CONTEXT void *) = library(LOCK);
    lock(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT void unlock_slowly(CONTEXT void *mutex) __asm__(UNLOCK);
SWIFT void unlock_slowly(CONTEXT void *mutex) {
    SWIFT void (*unlock)(CONTEXT void *) = library(UNLOCK);
    __tsan_release(mutex);
    unlock(mutex);
}
