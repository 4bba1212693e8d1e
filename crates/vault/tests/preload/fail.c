/* Makes writes and syncs of ledger files fail while a control file says so. Loaded before the C library by `LD_PRELOAD`.
 *
 * FORKBEARD_FAULT names the control file. Its first byte: `w` writes half of what is asked and then answers that the disk is
 * full; `s` lets fdatasync answer an input/output error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char wanted(void) {
  const char *name = getenv("FORKBEARD_FAULT");
  char what = 0;
  int fd;
  if (name == NULL) return 0;
  fd = open(name, O_RDONLY);
  if (fd < 0) return 0;
  if (read(fd, &what, 1) != 1) what = 0;
  close(fd);
  return what;
}

static int is_ledger(int fd) {
  char link[64], path[4096];
  ssize_t len;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  len = readlink(link, path, sizeof path - 1);
  if (len < 4) return 0;
  path[len] = 0;
  return strcmp(path + len - 4, ".log") == 0;
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  static int half_done;
  if (real == NULL) real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  if (is_ledger(fd) && wanted() == 'w') {
    half_done = !half_done;
    if (half_done && len > 1) return real(fd, bytes, len / 2, at);
    errno = ENOSPC;
    return -1;
  }
  half_done = 0;
  return real(fd, bytes, len, at);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  if (is_ledger(fd) && wanted() == 's') {
    errno = EIO;
    return -1;
  }
  return real(fd);
}
