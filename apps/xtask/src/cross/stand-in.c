/* Wine before 9 has no bcryptprimitives.dll, without which no Rust program for Windows starts. This one stands in for it
   in tests, and is never shipped: its one function asks the generator that has always been there. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}
