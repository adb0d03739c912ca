/* short - read(2) and write(2) take one byte at a time, to be preloaded */
#include <sys/syscall.h>
#include <unistd.h>

/* What read() becomes where the compiler knows the size of the buffer. */
ssize_t __read_chk(int fd, void *to, size_t n, size_t room);

static size_t one_of(size_t n)
{
	return n ? 1 : 0;
}

ssize_t read(int fd, void *to, size_t n)
{
	return syscall(SYS_read, fd, to, one_of(n));
}

ssize_t __read_chk(int fd, void *to, size_t n, size_t room)
{
	return n <= room ? read(fd, to, n) : -1;
}

ssize_t write(int fd, const void *from, size_t n)
{
	return syscall(SYS_write, fd, from, one_of(n));
}
