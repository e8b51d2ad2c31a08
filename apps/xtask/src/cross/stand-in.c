/* Libraries of Windows that Wine before 9 lacks, so that programs that need them start in tests. Never shipped.
   bcryptprimitives.dll: every Rust program wants its random numbers, which come from the generator that has always been there.
   coremessaging.dll: what captures screens wants its queues, and is told that there are none. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}

typedef struct {
    DWORD size;
    int thread;
    int apartment;
} QueueOptions;

__declspec(dllexport) HRESULT WINAPI CreateDispatcherQueueController(QueueOptions options, void **controller) {
    (void)options;
    *controller = NULL;
    return E_NOTIMPL;
}
