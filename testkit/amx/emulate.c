/* Tiles for a processor that has none: an agent of the JVM that catches SIGILL and does what AMX would do.
 *
 *     gcc -O3 -march=native -ffp-contract=off -shared -fPIC -o amx.so emulate.c
 *     java -agentpath:amx.so -Dheadway.machine.emulated=true …
 *
 * What runs are the bytes that a processor with AMX would run: every instruction that this one does not know is decoded
 * here, and checked as the manual says (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, and
 * chapter "Programming with Intel AMX" of volume 1). What the manual answers with #UD ends the process with a line.
 *
 * TDPBF16PS: even and odd k are summed apart, each by fused multiply-adds in f32 over the k of one tile; then the two
 * sums are added, then they are added to the destination. Rounding is to nearest even, subnormal inputs count as 0,
 * subnormal results become 0, MXCSR has no say. (VDPBF16PS adds the odd product and then the even one to the
 * destination, pair by pair, so results differ in the last bits.)
 * TDPB??D: products of bytes in i32, wrapping around.
 *
 * Own threads have own tiles. AMX_REPORT=FILE: instructions by kind, written at the end.
 */
#define _GNU_SOURCE
#include <immintrin.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

typedef struct {
    int configured;
    uint8_t config[64];
    uint8_t data[8][16][64];
} Tiles;

static __thread Tiles tiles;
static struct sigaction before;
enum { LDTILECFG, STTILECFG, TILERELEASE, TILEZERO, TILELOADD, TILELOADDT1, TILESTORED, TDPBF16PS, TDPBSSD, TDPBSUD,
       TDPBUSD, TDPBUUD, KINDS };
static const char *NAMES[] = { "ldtilecfg", "sttilecfg", "tilerelease", "tilezero", "tileloadd", "tileloaddt1",
    "tilestored", "tdpbf16ps", "tdpbssd", "tdpbsud", "tdpbusd", "tdpbuud" };
static long counts[KINDS];

static void refuse(const char *why, const uint8_t *at) {
    char line[200];
    int n = snprintf(line, sizeof line, "amx emulator: %s at %p: %02x %02x %02x %02x %02x %02x\n", why, (void *) at,
                     at[0], at[1], at[2], at[3], at[4], at[5]);
    if (write(2, line, n)) {}
    _exit(134);
}

static int rows(int t) { return tiles.config[48 + t]; }
static int width(int t) { return tiles.config[16 + 2 * t] | tiles.config[17 + 2 * t] << 8; }

static void usable(int t, const uint8_t *at) {
    if (!tiles.configured) refuse("no configuration", at);
    if (rows(t) == 0 || width(t) == 0) refuse("a tile without a shape", at);
}

static void configure(const uint8_t *from, const uint8_t *at) {
    memcpy(tiles.config, from, 64);
    memset(tiles.data, 0, sizeof tiles.data);
    if (from[0] == 0) { tiles.configured = 0; return; }
    if (from[0] != 1) refuse("palette", at);
    for (int i = 2; i < 16; i++) if (from[i]) refuse("reserved bytes of a configuration", at);
    for (int i = 32; i < 48; i++) if (from[i]) refuse("more than eight tiles in a configuration", at);
    for (int i = 56; i < 64; i++) if (from[i]) refuse("more than eight tiles in a configuration", at);
    for (int t = 0; t < 8; t++) {
        if (rows(t) > 16 || width(t) > 64) refuse("a shape larger than a tile", at);
        if ((rows(t) == 0) != (width(t) == 0)) refuse("rows without bytes or bytes without rows", at);
    }
    tiles.configured = 1;
}

static float bf16(const uint8_t *p) {
    uint32_t bits = (uint32_t) (p[0] | p[1] << 8) << 16;
    float x;
    memcpy(&x, &bits, 4);
    return x;
}

/* One row of sums; the arithmetic of f32 runs with subnormal inputs and results taken for 0. */
static void pairs(float *to, const uint8_t *x, const float (*even)[16], const float (*odd)[16], int depth) {
    float e[16] = { 0 }, o[16] = { 0 };
    for (int k = 0; k < depth; k++) {
        float xe = bf16(x + 4 * k), xo = bf16(x + 4 * k + 2);
        for (int n = 0; n < 16; n++) e[n] = fmaf(xe, even[k][n], e[n]);
        for (int n = 0; n < 16; n++) o[n] = fmaf(xo, odd[k][n], o[n]);
    }
    for (int n = 0; n < 16; n++) to[n] = to[n] + (e[n] + o[n]);
}

static void bytes(uint32_t *to, const uint8_t *x, const uint8_t (*y)[64], int depth, int signedX, int signedY) {
    for (int k = 0; k < depth; k++) {
        int left = signedX ? (int8_t) x[k] : x[k];
        for (int n = 0; n < 16; n++) {
            uint8_t v = y[k / 4][4 * n + k % 4];
            to[n] += (uint32_t) (left * (signedY ? (int8_t) v : v));
        }
    }
}

static void products(int kind, int d, int a, int b, const uint8_t *at) {
    usable(d, at); usable(a, at); usable(b, at);
    if (d == a || d == b || a == b) refuse("a tile named twice", at);
    if (width(d) % 4 || width(a) % 4 || width(b) % 4) refuse("bytes of a row that are no multiple of four", at);
    if (rows(d) != rows(a) || width(d) != width(b) || width(a) / 4 != rows(b)) refuse("shapes that do not fit", at);
    float even[16][16], odd[16][16];
    unsigned mode = _mm_getcsr();
    if (kind == TDPBF16PS) {
        for (int k = 0; k < rows(b); k++) {
            for (int n = 0; n < 16; n++) {
                even[k][n] = bf16(&tiles.data[b][k][4 * n]);
                odd[k][n] = bf16(&tiles.data[b][k][4 * n + 2]);
            }
        }
        _mm_setcsr(0x9FC0);
    }
    for (int m = 0; m < rows(d); m++) {
        uint8_t row[64], *to = tiles.data[d][m], *x = tiles.data[a][m];
        memcpy(row, to, 64);
        if (kind == TDPBF16PS) {
            pairs((float *) row, x, (const float (*)[16]) even, (const float (*)[16]) odd, rows(b));
        } else {
            int signedX = kind == TDPBSSD || kind == TDPBSUD, signedY = kind == TDPBSSD || kind == TDPBUSD;
            bytes((uint32_t *) row, x, (const uint8_t (*)[64]) tiles.data[b], width(a), signedX, signedY);
        }
        memcpy(to, row, width(d));
    }
    _mm_setcsr(mode);
}

static const int REGISTERS[] = { REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
    REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15 };

/* ModRM, SIB and displacement at p; the distance of rows in `stride`. Returns the length. */
static int address(const uint8_t *p, int x, int b, const uint8_t *next, greg_t *g, uint8_t **at, int64_t *stride) {
    int mod = p[0] >> 6, rm = p[0] & 7, n = 1;
    int64_t sum = 0;
    *stride = 0;
    int base = rm;
    if (rm == 4) {
        int index = (p[1] >> 3 & 7) | x << 3;
        base = p[1] & 7;
        n = 2;
        if (index != 4) *stride = (int64_t) g[REGISTERS[index]] << (p[1] >> 6);
    }
    if (base == 5 && mod == 0) {
        int32_t d;
        memcpy(&d, p + n, 4);
        n += 4;
        sum = d;
        if (rm == 5) sum += (int64_t) (p + n);
    } else {
        sum = g[REGISTERS[base | b << 3]];
        int32_t d = 0;
        if (mod == 1) { d = (int8_t) p[n]; n += 1; }
        if (mod == 2) { memcpy(&d, p + n, 4); n += 4; }
        sum += d;
    }
    (void) next;
    *at = (uint8_t *) sum;
    return n;
}

/* Does one instruction; 0 where it is none of AMX. */
static int emulate(ucontext_t *context) {
    greg_t *g = context->uc_mcontext.gregs;
    const uint8_t *p = (const uint8_t *) g[REG_RIP];
    if (p[0] != 0xC4 || (p[1] & 0x1F) != 2) return 0;
    int r = ~p[1] >> 7 & 1, x = ~p[1] >> 6 & 1, b = ~p[1] >> 5 & 1;
    int vvvv = ~p[2] >> 3 & 15, prefix = p[2] & 3, opcode = p[3];
    if (opcode != 0x49 && opcode != 0x4B && opcode != 0x5C && opcode != 0x5E) return 0;
    if (p[2] & 0x84 || r) refuse("W, L or R set", p);
    int reg = p[4] >> 3 & 7, isRegister = p[4] >> 6 == 3, kind, length = 5;
    uint8_t *at = 0;
    int64_t stride = 0;
    if (!isRegister) length = 4 + address(p + 4, x, b, p, g, &at, &stride);
    if (opcode == 0x5C || opcode == 0x5E) {
        if (!isRegister || b || vvvv > 7) refuse("operands of a product", p);
        if (opcode == 0x5C && prefix != 2) refuse("a product that AMX-BF16 does not have", p);
        kind = opcode == 0x5C ? TDPBF16PS : (int[]) { TDPBUUD, TDPBUSD, TDPBSUD, TDPBSSD }[prefix];
        products(kind, reg, p[4] & 7, vvvv, p);
    } else if (vvvv) {
        refuse("vvvv in use", p);
    } else if (opcode == 0x49 && isRegister) {
        if (prefix == 0 && p[4] == 0xC0) {
            kind = TILERELEASE;
            memset(&tiles, 0, sizeof tiles);
        } else if (prefix == 3 && (p[4] & 7) == 0) {
            kind = TILEZERO;
            usable(reg, p);
            memset(tiles.data[reg], 0, sizeof tiles.data[reg]);
        } else {
            refuse("an instruction that AMX does not have", p);
        }
    } else if (opcode == 0x49) {
        if (reg) refuse("an instruction that AMX does not have", p);
        if (prefix == 0) {
            kind = LDTILECFG;
            /* The address of a configuration is an ordinary one: an index is added. */
            configure(at + stride, p);
        } else if (prefix == 1) {
            kind = STTILECFG;
            memcpy(at + stride, tiles.config, 64);
        } else {
            refuse("an instruction that AMX does not have", p);
        }
    } else {
        if (isRegister || (p[4] & 7) != 4 || prefix == 0) refuse("operands of a tile's load or store", p);
        kind = prefix == 3 ? TILELOADD : prefix == 1 ? TILELOADDT1 : TILESTORED;
        usable(reg, p);
        if (tiles.config[1]) refuse("start_row", p);
        if (kind != TILESTORED) memset(tiles.data[reg], 0, sizeof tiles.data[reg]);
        for (int i = 0; i < rows(reg); i++) {
            if (kind == TILESTORED) memcpy(at + i * stride, tiles.data[reg][i], width(reg));
            else memcpy(tiles.data[reg][i], at + i * stride, width(reg));
        }
    }
    __sync_fetch_and_add(&counts[kind], 1);
    g[REG_RIP] += length;
    return 1;
}

static void caught(int signal, siginfo_t *info, void *context) {
    int done = 0;
    /* Instructions that follow each other cost one signal. */
    while (emulate(context)) done = 1;
    if (done) return;
    if (before.sa_flags & SA_SIGINFO) before.sa_sigaction(signal, info, context);
    else refuse("an unknown instruction", (const uint8_t *) ((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP]);
}

static void report(void) {
    const char *file = getenv("AMX_REPORT");
    FILE *out = file ? fopen(file, "a") : 0;
    if (!out) return;
    for (int i = 0; i < KINDS; i++) fprintf(out, "%s%s %ld", i ? ", " : "", NAMES[i], counts[i]);
    fprintf(out, "\n");
    fclose(out);
}

static int start(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = caught;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    atexit(report);
    return sigaction(SIGILL, &action, &before);
}

/* The JVM calls this after it has set its own handlers. */
__attribute__((visibility("default"))) int32_t Agent_OnLoad(void *vm, char *options, void *reserved) {
    (void) vm; (void) options; (void) reserved;
    return start();
}
