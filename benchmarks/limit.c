/* The limit: libsecp256k1 and keccak-256 with no Python in the loop.
 *
 * One verification: EIP-191 hash of a message, public key recovery, address of the key. The
 * library is the one inside coincurve's wheel, so its functions come as pointers and no headers
 * are needed; keccak-f[1600] is written out here after FIPS 202 with Keccak's own padding.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROTATE(word, bits) (((word) << (bits)) | ((word) >> (64 - (bits))))
#define RATE 136
#define UNCOMPRESSED 2 /* SECP256K1_EC_UNCOMPRESSED */

typedef int (*parse_function)(const void *, void *, const unsigned char *, int);
typedef int (*recover_function)(const void *, void *, const void *, const unsigned char *);
typedef int (*serialise_function)(const void *, unsigned char *, size_t *, const void *, unsigned);

static const uint64_t ROUND_CONSTANTS[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static void theta(uint64_t lane[25]) {
    uint64_t parity[5];
    for (int x = 0; x < 5; x++)
        parity[x] = lane[x] ^ lane[x + 5] ^ lane[x + 10] ^ lane[x + 15] ^ lane[x + 20];
#pragma GCC unroll 5
    for (int x = 0; x < 5; x++) {
        uint64_t mixed = parity[(x + 4) % 5] ^ ROTATE(parity[(x + 1) % 5], 1);
        for (int y = 0; y < 25; y += 5) lane[x + y] ^= mixed;
    }
}

static void rho_pi(const uint64_t lane[25], uint64_t moved[25]) {
    static const int rotation[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                     25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};
    moved[0] = lane[0];
#pragma GCC unroll 25
    for (int from = 1; from < 25; from++) {
        int x = from % 5, y = from / 5;
        moved[y + 5 * ((2 * x + 3 * y) % 5)] = ROTATE(lane[from], rotation[from]);
    }
}

static void keccak_f(uint64_t lane[25]) {
    uint64_t moved[25];
    for (int round = 0; round < 24; round++) {
        theta(lane);
        rho_pi(lane, moved);
#pragma GCC unroll 5
        for (int y = 0; y < 25; y += 5)
#pragma GCC unroll 5
            for (int x = 0; x < 5; x++)
                lane[x + y] = moved[x + y] ^ (~moved[(x + 1) % 5 + y] & moved[(x + 2) % 5 + y]);
        lane[0] ^= ROUND_CONSTANTS[round];
    }
}

static void absorb(uint64_t lane[25], const unsigned char *block) {
    uint64_t words[RATE / 8];
    memcpy(words, block, RATE);
    for (int i = 0; i < RATE / 8; i++) lane[i] ^= words[i];
    keccak_f(lane);
}

void keccak_256(const unsigned char *data, size_t length, unsigned char digest[32]) {
    uint64_t lane[25] = {0};
    unsigned char last[RATE] = {0};
    for (; length >= RATE; data += RATE, length -= RATE) absorb(lane, data);
    memcpy(last, data, length);
    last[length] ^= 0x01;
    last[RATE - 1] ^= 0x80;
    absorb(lane, last);
    memcpy(digest, lane, 32);
}

static void hash_personal_message(const char *message, size_t length, unsigned char digest[32]) {
    unsigned char text[4096];
    int prefix = sprintf((char *)text, "\x19" "Ethereum Signed Message:\n%zu", length);
    memcpy(text + prefix, message, length);
    keccak_256(text, prefix + length, digest);
}

/* Nanoseconds for `count` verifications, or -1 where one does not give `address`. */
int64_t time_verifications(int64_t count, const void *context, parse_function parse,
                           recover_function recover, serialise_function serialise,
                           const char *message, size_t length, const unsigned char signature[65],
                           const unsigned char address[20]) {
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    for (int64_t i = 0; i < count; i++) {
        unsigned char digest[32], recoverable[65], key[64], point[65];
        size_t size = sizeof point;
        hash_personal_message(message, length, digest);
        if (!parse(context, recoverable, signature, signature[64])) return -1;
        if (!recover(context, key, recoverable, digest)) return -1;
        if (!serialise(context, point, &size, key, UNCOMPRESSED)) return -1;
        keccak_256(point + 1, 64, digest);
        if (memcmp(digest + 12, address, 20)) return -1;
    }
    clock_gettime(CLOCK_MONOTONIC, &after);
    return (after.tv_sec - before.tv_sec) * 1000000000LL + (after.tv_nsec - before.tv_nsec);
}
