#ifndef FOLLOWUP_CSODIUM_SHIM_H
#define FOLLOWUP_CSODIUM_SHIM_H
#include <sodium.h>
#endif
