// A hint to the processor; Swift has no word for it.
#ifndef HINDSIGHT_PREFETCH_H
#define HINDSIGHT_PREFETCH_H

static inline void hindsight_prefetch(const void *address) {
    __builtin_prefetch(address);
}

#endif
