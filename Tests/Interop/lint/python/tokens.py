USERS = {}


def user_of(header):
    return USERS.get(header.removeprefix("Bearer "))
